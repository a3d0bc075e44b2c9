// The last value of a cell as what it is: a run, a comparison, a figure or a table is shown as `show` shows it (src/display/show.ts, once
// a cell has imported the package), and a promise says that it lacks its `await`. Everything else is printed as tslab prints it.
'use strict';

/** By which the package says what it can show: `{ takes(value), show(value) }`. */
const SHOWING = Symbol.for('sgs-snn.last-value');

const isPromise = (value) => typeof value === 'object' && value !== null && typeof value.then === 'function';

/** Makes tslab hand the last value of a cell to the package where it can show it. A cell is done when that is shown. */
module.exports.install = () => {
  const executors = require('tslab/dist/executor.js');
  const { createExecutor } = executors;
  executors.createExecutor = (folder, converters, output) => {
    let shown;
    /** tslab calls it for nothing but the last value. */
    const log = (value, ...rest) => {
      const showing = globalThis[SHOWING];
      if (isPromise(value)) output.log('a promise, not its value: write `await` before it');
      else if (showing?.takes(value)) shown = showing.show(value);
      else output.log(value, ...rest);
    };
    const executor = createExecutor(folder, converters, { ...output, log });
    const { execute } = executor;
    return {
      ...executor,
      async execute(source) {
        shown = undefined;
        const succeeded = await execute(source);
        try {
          await Promise.resolve(shown);
        } catch (error) {
          output.error(error);
          return false;
        }
        return succeeded;
      },
    };
  };
};
