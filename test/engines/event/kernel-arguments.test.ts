import test from 'ava';
import {
  argumentsModule,
  type ArgumentValues,
  KERNEL_ARGUMENTS,
  kernelArguments,
} from '../../../src/engines/event/kernel-arguments.js';
import { float } from '../../../src/engines/event/op.js';

test('arguments are written in the order of the fields that kernels read, float32 values as their bits', (t) => {
  const { 'arguments.ts': module } = argumentsModule();
  const classes = [...module.matchAll(/@unmanaged\nexport class (\w+) \{\n([^}]+)\}/g)];
  t.deepEqual(
    classes.map(([, name]) => name),
    Object.keys(KERNEL_ARGUMENTS).map((table) => table[0].toUpperCase() + table.slice(1)),
  );
  for (const [i, [, name, body]] of classes.entries()) {
    const fields = [...body.matchAll(/ {2}(\w+): (usize|i32|f32);\n/g)].map(([, field, type]) => ({
      field,
      type,
    }));
    // Given in another order than they are declared in.
    const values = Object.fromEntries(fields.map(({ field }, n) => [field, 7 * n + 3]).reverse());
    const table = Object.keys(KERNEL_ARGUMENTS)[i] as keyof typeof KERNEL_ARGUMENTS;
    t.deepEqual(
      kernelArguments(table, values as ArgumentValues<typeof table>),
      fields.map(({ type }, n) => (type === 'f32' ? float(7 * n + 3) : 7 * n + 3)),
      name,
    );
  }
});

test('what is given besides the arguments is left out', (t) => {
  const given = { address: 64, bytes: 8, slice: 4, height: 5 };
  t.deepEqual(kernelArguments('zero', given), [64, 8, 4]);
});
