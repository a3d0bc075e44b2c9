// A test runner for Stryker that keeps ava's test files loaded in one process: Stryker switches a mutant on, the tests
// that reach it run again by ava's own Runner, one by one up to the first failure. A mutant costs what its tests
// cost; a process per mutant would cost seconds. Only mutants of what modules compute while loading need a new one.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  INSTRUMENTER_CONSTANTS as NAMES,
  type InstrumenterContext,
  type StrykerOptions,
} from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { ROOT } from './folders.js';

/** What is used of ava's Runner (ava/lib/runner.js); `task` is a test as it was declared. */
interface AvaRunner {
  chain: CallableFunction;
  tasks: Record<
    'serial' | 'concurrent',
    { title: string; metadata: { selected: boolean; skipped: boolean } }[]
  >;
  start(): Promise<void>;
  runTest(task: { title: string }, context: unknown): Promise<boolean>;
  runSingle(runnable: { title: string }): Promise<{ passed: boolean; error?: unknown }>;
}

const require = createRequire(import.meta.url);
/** A module of ava's own: what its worker is made of, which the package does not export. */
const own = (name: string): string => join(require.resolve('ava'), '../../lib', name);
const { refs } = require(own('worker/state.cjs')) as { refs: { runnerChain: unknown } };
const { default: Runner } = (await import(pathToFileURL(own('runner.js')).href)) as {
  default: new (options: object) => AvaRunner;
};

/** The file whose declarations `import test from 'ava'` hands out at present. */
let declaring: AvaRunner | undefined;
refs.runnerChain = new Proxy(() => undefined, {
  apply: (_target, _this, words) => Reflect.apply(declaring!.chain, undefined, words),
  get: (_target, name) => Reflect.get(declaring!.chain, name),
});

// ava looks for the process that started this one, which its tests must not find (see #run); Stryker loads this file too.
if (process.send) await import('ava');

const context = ((globalThis as Record<string, unknown>)[NAMES.NAMESPACE] ??= {}) as InstrumenterContext;

class LoadedTests implements TestRunner {
  static inject = tokens(commonTokens.options);
  /** The tests that measure a source. */
  readonly #tests: Readonly<Record<string, readonly string[]>>;
  #files: readonly string[];
  readonly #loaded = new Map<string, AvaRunner>();
  #results: TestResult[] = [];
  #failed: ((error: unknown) => void) | undefined;
  #broken = false;
  /** Where processes that tests start write which faults they reached, while that is asked. */
  #reached: string | undefined;

  constructor(options: StrykerOptions) {
    this.#tests = options['tests'] as Record<string, string[]>;
    this.#files = [...new Set(Object.values(this.#tests).flat())];
    // An error that no test awaits fails the run, as it does in ava; what it leaves behind is not worth keeping.
    const fail = (error: unknown): void => this.#failed?.(error);
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
  }

  capabilities = (): { reloadEnvironment: boolean } => ({ reloadEnvironment: false });

  async dryRun(): Promise<DryRunResult> {
    const { NODE_OPTIONS: before } = process.env;
    this.#reached = process.env.MUTANTS_REACHED = mkdtempSync(join(tmpdir(), 'mutants-'));
    process.env.NODE_OPTIONS = `${before ?? ''} --import=${new URL('in-children.mjs', import.meta.url).href}`;
    const first = await this.#run();
    rmSync(this.#reached, { recursive: true });
    this.#reached = undefined;
    process.env.NODE_OPTIONS = before ?? '';
    if (first.status !== DryRunStatus.Complete) return first;
    const mutantCoverage = structuredClone(context.mutantCoverage);
    // Once more: a test that cannot run twice in one process could kill no mutant in truth.
    const second = await this.#run();
    if (second.status !== DryRunStatus.Complete) return second;
    const seconds = (file: string): number =>
      second.tests.reduce((sum, test) => sum + (test.fileName === file ? test.timeSpentMs : 0), 0);
    this.#files = [...this.#files].sort((a, b) => seconds(a) - seconds(b)); // a mutant is found sooner
    return { ...second, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    if (this.#broken)
      throw new Error('an error outside of the tests ended the last run: a new process takes over');
    context.hitCount = options.hitLimit === undefined ? undefined : 0;
    context.hitLimit = options.hitLimit;
    if (options.mutantActivation === 'static') context.activeMutant = options.activeMutant.id;
    const only = options.testFilter && new Set(options.testFilter);
    const { id, fileName } = options.activeMutant;
    const own = this.#tests[relative(ROOT, fileName)];
    const result = await this.#run({ files: this.#files.filter((file) => own.includes(file)), id }, only);
    return toMutantRunResult(determineHitLimitReached(context.hitCount, context.hitLimit) ?? result);
  }

  /** Runs the tests of all files; under a mutant those wanted of its own files, up to the first that fails. */
  async #run(
    { files, id: mutant }: { files: readonly string[]; id?: string } = { files: this.#files },
    only?: ReadonlySet<string>,
  ): Promise<DryRunResult> {
    this.#results = [];
    const { send } = process;
    process.send = undefined; // tests are not Stryker's to talk to: a command would tell its parent how far it is
    const outside = new Promise<never>((_resolve, reject) => (this.#failed = reject));
    try {
      for (const file of files) {
        if (only && ![...only].some((id) => id.startsWith(`${file}#`))) continue;
        const runner = this.#loaded.get(file) ?? (await this.#load(file));
        for (const task of [...runner.tasks.serial, ...runner.tasks.concurrent])
          task.metadata.selected = !only || only.has(`${file}#${task.title}`);
        context.activeMutant = mutant;
        if (mutant !== undefined) process.env[NAMES.ACTIVE_MUTANT_ENV_VARIABLE] = mutant; // for processes that tests start
        await Promise.race([runner.start(), outside]);
        if (mutant !== undefined && this.#results.some(({ status }) => status === TestStatus.Failed)) break;
      }
    } catch (error) {
      this.#broken = mutant !== undefined;
      if (!this.#broken)
        return { status: DryRunStatus.Error, errorMessage: String((error as Error).stack ?? error) };
      this.#results.push(failure(files[0], 'outside of the tests', 0, String(error)));
    } finally {
      process.send = send;
      this.#failed = undefined;
      context.activeMutant = undefined;
      delete process.env[NAMES.ACTIVE_MUTANT_ENV_VARIABLE];
    }
    return { status: DryRunStatus.Complete, tests: this.#results };
  }

  /** Adds the faults that processes of a test reached to those that it reached itself. */
  #addReached(test: string): void {
    if (this.#reached === undefined) return;
    for (const name of readdirSync(this.#reached)) {
      const file = join(this.#reached, name);
      const { perTest } = (context.mutantCoverage ??= { static: {}, perTest: {} });
      for (const mutant of readFileSync(file, 'utf8').split('\n')) (perTest[test] ??= {})[mutant] = 1;
      rmSync(file);
    }
  }

  async #load(file: string): Promise<AvaRunner> {
    const path = join(process.cwd(), file);
    const runner = new Runner({ file: path, projectDir: process.cwd(), serial: true, failFast: true });
    const { start, runTest, runSingle } = runner;
    runner.start = () => Promise.resolve(); // ava starts by itself after the first declaration; here #run does
    declaring = runner;
    await import(pathToFileURL(path).href);
    await new Promise((resolve) => setImmediate(resolve));
    runner.start = start;
    let message: string | undefined;
    runner.runSingle = async (runnable) => {
      const result = await runSingle.call(runner, runnable);
      if (!result.passed) {
        const { error } = result;
        message ??= `${runnable.title}: ${String(error instanceof Error ? (error.cause ?? error) : error)}`;
        result.error = new Error(message); // short: ava writes the whole of an error out
      }
      return result;
    };
    runner.runTest = async (task, of) => {
      message = undefined;
      context.currentTestId = `${file}#${task.title}`;
      const began = performance.now();
      const passed = await runTest.call(runner, task, of);
      const took = performance.now() - began;
      context.currentTestId = undefined;
      this.#addReached(`${file}#${task.title}`);
      this.#results.push(
        passed
          ? success(file, task.title, took)
          : failure(file, task.title, took, message ?? 'a hook failed'),
      );
      return passed;
    };
    this.#loaded.set(file, runner);
    return runner;
  }
}

const named = (fileName: string, name: string, timeSpentMs: number) => ({
  id: `${fileName}#${name}`,
  name,
  fileName,
  timeSpentMs,
});
const success = (file: string, title: string, took: number): TestResult => ({
  ...named(file, title, took),
  status: TestStatus.Success,
});
const failure = (file: string, title: string, took: number, failureMessage: string): TestResult => ({
  ...named(file, title, took),
  status: TestStatus.Failed,
  failureMessage,
});

/** What Stryker loads. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'loaded-tests', LoadedTests)];
