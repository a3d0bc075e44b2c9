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
