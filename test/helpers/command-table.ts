// Every option of every command: what it takes, and what it must refuse. test/commands/options.test.ts checks that the
// table is complete against the program itself, and test/commands/reach.test.ts that each reaches what its name says.

/** Texts that an option of a kind must refuse. */
const BAD = {
  flag: [],
  count: ['', '0', '-1', '1.5', 'x', '1e10', '1e999', '0x10', ' 1', 'NaN'],
  parallel: ['', '0', '-1', '1.5', 'x', '1025', '1e999'],
  threads: ['', '0', '-1', '1.5', 'x', '257'],
  steps: ['', '0', '1.5', '1001', '1e999'],
  epsilon: ['', '0', '-1', 'x', '1e4'],
  classes: ['', '0', '1.5', '1e7'],
  probes: ['', '-1', '1.5', 'x', '1e7'],
  seed: ['', '-1', '0.5', 'x', '9007199254740992', '1e999'],
  width: ['', '0', '-1', 'x', '65', '1e6', '1e999', '0x1'],
  dt: ['', '0', '-1', 'x', '1e7', 'Infinity'],
  rate: ['', '0', '-1', 'x', '1e39', 'Infinity'],
  amount: ['', '-1', 'x', '1e7', '1e999'],
  amounts: ['', ',', '0,', '0,,1', '0;1', '-1', '0,1e999'],
  share: ['', '-0.1', '1', 'x'],
  often: ['', '-1', 'x', '1e7', '1e999'],
  lease: ['', '0', '0.09', '86401', 'x'],
  patience: ['', '0', '1.5', '-1', '1e9'],
  choice: ['', 'x', 'constructor', '__proto__', 'TEST'],
  text: ['', ' ', '\t'],
  assignment: ['', '=', '=value', 'key'],
} satisfies Record<string, string[]>;

/** What is given, the value that it becomes, and the kind of what is refused. */
export type Row = [given: string | undefined, value: unknown, kind: keyof typeof BAD];

/** Texts that the option of a row must refuse. */
export const badTexts = ([, , kind]: Row): readonly string[] => BAD[kind];

/** Rows by option. */
type Rows = Record<string, Row>;

const FLAG: Row = [undefined, true, 'flag'];
const OFF: Row = [undefined, false, 'flag'];
const RUNS: Rows = { '--runs': ['folder', 'folder', 'text'] };
const WHERE: Rows = { '--where': ['a.b=c=d', ['a.b=c=d'], 'assignment'] };
const COMMON: Rows = {
  '--engine': ['tfjs', 'tfjs', 'choice'],
  '--threads': ['2', 2, 'threads'],
  '--backend': ['cpu', 'cpu', 'choice'],
  '--data-dir': ['folder', 'folder', 'text'],
  ...RUNS,
};
const SAVING: Rows = { '--checkpoint-seconds': ['0', 0, 'often'] };
const LEASE: Rows = { '--lease-seconds': ['0.1', 0.1, 'lease'] };
const CLUSTER: Rows = {
  '--slurm': FLAG,
  '--partition': ['low', 'low', 'text'],
  '--time': ['1:00:00', '1:00:00', 'text'],
  '--gpus': ['1', 1, 'parallel'],
  '--cpus': ['2', 2, 'threads'],
  '--memory': ['4G', '4G', 'text'],
  '--account': ['me', 'me', 'text'],
  '--at-most': ['3', 3, 'count'],
  '--array-size': ['500', 500, 'count'],
  '--sbatch': ['--qos=low', ['--qos=low'], 'text'],
};
const { '--runs': _, ...ENGINE } = COMMON;
const OWN: Rows = { '--data-path': ['faces.npz', 'faces.npz', 'text'] };
const EVALUATION: Rows = { ...OWN, '--limit': ['20', 20, 'count'], ...COMMON };

/** By command: the words of its arguments, and its options. */
export const COMMAND_TABLE: Record<string, { arguments: string[]; options: Rows }> = {
  train: {
    arguments: [],
    options: {
      '--data': ['cifar100', 'cifar100', 'choice'],
      ...OWN,
      '--architecture': ['resnet19', 'resnet19', 'choice'],
      '--width': ['0.25', 0.25, 'width'],
      '--twin': ['ann', 'ann', 'choice'],
      '--steps': ['7', 7, 'steps'],
      '--epochs': ['1e3', 1000, 'count'],
      '--batch-size': ['11', 11, 'count'],
      '--lr': ['0.02', 0.02, 'rate'],
      '--surrogate': ['atan', 'atan', 'choice'],
      '--delta': ['0', 0, 'amount'],
      '--method': ['plif', ['plif'], 'choice'],
      '--as': ['own', 'own', 'choice'],
      '--beta': ['.5', 0.5, 'amount'],
      '--seed': ['0', 0, 'seed'],
      '--validation': ['0', 0, 'share'],
      '--train-limit': ['101', 101, 'count'],
      '--test-limit': ['102', 102, 'count'],
      '--name': ['a name', 'a name', 'text'],
      '--set': ['a.b=c=d', ['a.b=c=d'], 'assignment'],
      '--again': ['run-0', 'run-0', 'text'],
      ...SAVING,
      ...COMMON,
    },
  },
  trial: {
    arguments: ['file'],
    options: {
      ...OWN,
      '--until': ['1', 1, 'count'],
      '--no-wait': OFF,
      '--take-over': ['1', 1, 'count'],
      ...SAVING,
      ...LEASE,
      ...COMMON,
    },
  },
  sweep: {
    arguments: ['file'],
    options: {
      '--jobs': ['3', 3, 'parallel'],
      '--dry-run': FLAG,
      '--status': FLAG,
      '--retry-failed': FLAG,
      ...SAVING,
      ...LEASE,
      ...CLUSTER,
      ...COMMON,
    },
  },
  methods: { arguments: [], options: { '--kind': ['norm', 'norm', 'choice'], '--json': FLAG } },
  eval: { arguments: ['run-0'], options: { '--kind': ['confusion', 'confusion', 'choice'], ...EVALUATION } },
  noise: {
    arguments: ['run-0'],
    options: {
      '--definition': ['salt-pepper-pixels', 'salt-pepper-pixels', 'choice'],
      '--levels': ['0,0.25', [0, 0.25], 'amounts'],
      '--noise-seed': ['3', 3, 'seed'],
      '--per-step': FLAG,
      ...EVALUATION,
    },
  },
  energy: { arguments: ['run-0'], options: EVALUATION },
  diagnose: {
    arguments: ['run-0'],
    options: {
      '--probes': ['0', 0, 'probes'],
      '--epsilon': ['0.2', 0.2, 'epsilon'],
      '--initial': FLAG,
      '--json': FLAG,
      ...EVALUATION,
    },
  },
  'runs list': {
    arguments: [],
    options: {
      ...WHERE,
      '--sort': ['test', 'test', 'choice'],
      '--limit': ['2', 2, 'count'],
      '--wide': FLAG,
      ...RUNS,
    },
  },
  'runs show': { arguments: ['run-0'], options: { '--json': FLAG, ...RUNS } },
  'runs digests': { arguments: [], options: RUNS },
  'runs compare': {
    arguments: [],
    options: {
      '--by': ['epochs', ['epochs'], 'text'],
      ...WHERE,
      '--baseline': ['a.b=c=d', ['a.b=c=d'], 'assignment'],
      '--columns': FLAG,
      '--ignore': ['epochs', ['epochs'], 'text'],
      '--measure': ['validationAccuracy', 'validationAccuracy', 'choice'],
      '--test': ['sign-flip', 'sign-flip', 'choice'],
      '--interval': ['bootstrap', 'bootstrap', 'choice'],
      '--format': ['csv', 'csv', 'choice'],
      '--output': ['file', 'file', 'text'],
      ...RUNS,
    },
  },
  'runs export': {
    arguments: [],
    options: {
      '--format': ['json', 'json', 'choice'],
      '--output': ['file', 'file', 'text'],
      '--table': ['epochs', 'epochs', 'choice'],
      ...WHERE,
      ...RUNS,
    },
  },
  'runs import': {
    arguments: ['folder'],
    options: { '--dry-run': FLAG, '--replace-unfinished': FLAG, ...RUNS },
  },
  'weights export': { arguments: ['run-0', 'file.npz'], options: RUNS },
  'weights import': {
    arguments: ['file.npz', '--experiment=a', '--output=b'],
    options: {
      '--experiment': ['file', 'file', 'text'],
      '--output': ['file', 'file', 'text'],
      '--names': ['sgs', 'sgs', 'choice'],
    },
  },
  'nir export': {
    arguments: ['run-0', 'file.nir'],
    options: {
      '--profile': ['ode', 'ode', 'choice'],
      '--vocabulary': ['plain', 'plain', 'choice'],
      '--pool': ['sum', 'sum', 'choice'],
      '--dt': ['1e-3', 1e-3, 'rate'],
      ...RUNS,
    },
  },
  'nir import': {
    arguments: ['file.nir', '--output=a'],
    options: {
      '--output': ['file', 'file', 'text'],
      '--dt': ['1e-4', 1e-4, 'dt'],
      '--euler': FLAG,
      '--exponential': FLAG,
      '--reset': ['zero', 'zero', 'choice'],
      '--comparison': ['>=', '>=', 'choice'],
      '--data': ['cifar10', 'cifar10', 'choice'],
      '--steps': ['7', 7, 'steps'],
      '--limit': ['20', 20, 'count'],
      ...ENGINE,
    },
  },
  'nir check': { arguments: ['file.nir'], options: { '--json': FLAG } },
  data: {
    arguments: ['cifar10'],
    options: {
      '--data-dir': ['folder', 'folder', 'text'],
      '--source': ['http://127.0.0.1:9/', 'http://127.0.0.1:9/', 'text'],
    },
  },
  notebooks: { arguments: [], options: { '--check': FLAG } },
  'notebooks run': {
    arguments: [],
    options: {
      '--output': ['folder', 'folder', 'text'],
      '--no-save': OFF,
      '--jobs': ['2', 2, 'parallel'],
      '--timeout': ['60', 60, 'patience'],
      '--set': ['preset=a=b', ['preset=a=b'], 'assignment'],
    },
  },
  'notebooks check': {
    arguments: [],
    options: {
      '--update': FLAG,
      '--jobs': ['1', 1, 'parallel'],
      '--timeout': ['60', 60, 'patience'],
    },
  },
  reproduce: {
    arguments: [],
    options: {
      '--preset': ['desk', 'desk', 'choice'],
      '--data': ['cifar10', 'cifar10', 'choice'],
      '--only': ['latency', ['latency'], 'choice'],
      '--no-train': OFF,
      '--jobs': ['3', 3, 'parallel'],
      '--dry-run': FLAG,
      '--status': FLAG,
      '--retry-failed': FLAG,
      '--keep': FLAG,
      ...SAVING,
      ...LEASE,
      ...CLUSTER,
      ...COMMON,
    },
  },
  report: {
    arguments: [],
    options: {
      '--title': ['A title', 'A title', 'text'],
      '--output': ['file', 'file', 'text'],
      '--figures': ['folder', 'folder', 'text'],
      '--runs': ['folder', 'folder', 'text'],
    },
  },
  completion: { arguments: ['bash'], options: {} },
  doctor: {
    arguments: [],
    options: {
      '--architecture': ['vggsnn', 'vggsnn', 'choice'],
      '--width': ['0.5', 0.5, 'width'],
      '--classes': ['7', 7, 'classes'],
      '--steps': ['3', 3, 'steps'],
      '--batch-size': ['11', 11, 'count'],
      '--tune': FLAG,
      ...COMMON,
    },
  },
};
