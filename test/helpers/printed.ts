// What is printed while something runs. Use it in serial tests only.

/** The lines that `console.log` got, each with its end. */
export async function caught(run: () => Promise<void>): Promise<string> {
  const { log } = console;
  let said = '';
  console.log = (text: string) => void (said += `${text}\n`);
  try {
    await run();
  } finally {
    console.log = log;
  }
  return said;
}
