// Lines of text no longer than a terminal is wide.

/**
 * Text in lines of at most `width` characters, broken at spaces; a word that is longer stands alone.
 *
 * @param lead - stands before the first line; what follows is indented by as much
 */
export function wrapped(text: string, width: number, lead = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && lead.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return lead + [...lines, line].join(`\n${' '.repeat(lead.length)}`);
}

/**
 * Text of several paragraphs in lines of at most `width` characters: lines that follow each other are one paragraph; a line that
 * begins with its subject and two spaces stays a line of its own, what is said of it indented, as is what stands below it with the
 * same indentation of eight spaces or more; what is indented less, an example, stays as it is.
 */
export function reflowed(text: string, width: number): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const end = (): void => {
    if (paragraph.length > 0) lines.push(wrapped(paragraph.join(' '), width));
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    const [, lead, rest] = /^( {8,}|\S.*? {2,})(\S.*)$/.exec(line) ?? [];
    if (rest === undefined && /^\S/.test(line)) {
      paragraph.push(line);
      continue;
    }
    end();
    lines.push(rest === undefined ? line : wrapped(rest, width, lead));
  }
  end();
  return lines.join('\n');
}
