// `sgs completion`: a script by which a shell completes commands, options, their choices and ids of runs. It knows the whole
// command line, so that a Tab starts no process. commander has nothing of the kind.
import { fitted } from './help.js';
import { Argument, type Command, type Option } from 'commander';
import { printData } from '../print.js';

const HELP = `
For the shell at hand:
  source <(sgs completion bash)
  source <(sgs completion zsh)
  sgs completion fish | source
Written into its start-up file, the line holds for every shell to come.`;

/** Adds what the command takes and does. */
export function addCompletion(command: Command): void {
  command
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', fitted(HELP))
    .action((shell: string) => printData(SCRIPTS[shell](placesIn(command.parent!))));
}

/** A command or a part of one: `runs list`. */
interface Place {
  /** Empty for `sgs` itself. */
  path: string;
  parts: readonly Command[];
  options: readonly Option[];
  /** Whether it takes a run. */
  takesRun: boolean;
  /** Choices of its first argument, where it has some. */
  choices: readonly string[];
}

function placesIn(command: Command, path = ''): Place[] {
  const { commands, options, registeredArguments } = command;
  const place: Place = {
    path,
    parts: commands,
    options,
    takesRun: registeredArguments.some((argument) => /^(run|id|ids)$/.test(argument.name())),
    choices: registeredArguments[0]?.argChoices ?? [],
  };
  return [place, ...commands.flatMap((part) => placesIn(part, `${path} ${part.name()}`.trim()))];
}

const wordsOf = ({ parts, options, choices }: Place): string =>
  [...parts.map((part) => part.name()), ...choices, ...options.flatMap(({ long }) => long ?? [])].join(' ');

/** The ids in the folder of records, without starting Node. */
const IDS = `ls "\${SGS_RUNS:-data/runs}" 2>/dev/null | sed -n 's/^\\(run-[0-9a-f]*\\)\\.json$/\\1/p'`;

function bash(places: readonly Place[]): string {
  const known = places.map(({ path }) => path).filter((path) => path !== '');
  const choices = places.flatMap(({ path, options }) =>
    options.flatMap(({ long, argChoices }) =>
      long && argChoices ? [`    '${path} ${long}') words='${argChoices.join(' ')}' ;;`] : [],
    ),
  );
  return `_sgs() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${known.map((path) => `'${path}'`).join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${places.map((place) => `    '${place.path}') words='${wordsOf(place)}'${place.takesRun ? `" $(${IDS})"` : ''} ;;`).join('\n')}
  esac
  case "$path $previous" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _sgs sgs
`;
}

const zsh = (places: readonly Place[]): string =>
  `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(places)}`;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\s+/g, ' ')}'`;

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, parts, options, takesRun, choices }) => {
    const [command, part] = path.split(' ');
    const here = [
      command && `__fish_seen_subcommand_from ${command}`,
      part && `__fish_seen_subcommand_from ${part}`,
    ];
    const seen = here.filter(Boolean).join('; and ') || '__fish_use_subcommand';
    const rule = `complete -c sgs -n ${quoted(seen)}`;
    return [
      ...parts.map((one) => `${rule} -f -a ${one.name()} -d ${quoted(one.description())}`),
      ...(choices.length > 0 ? [`${rule} -f -a ${quoted(choices.join(' '))}`] : []),
      ...(takesRun ? [`${rule} -f -a ${quoted(`(${IDS})`)}`] : []),
      ...options.map(({ long, description, argChoices }) => {
        const takes = argChoices ? ` -x -a ${quoted(argChoices.join(' '))}` : '';
        return `${rule} -l ${long!.slice(2)}${takes} -d ${quoted(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

const SCRIPTS: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash, zsh, fish };
