// Spells out shorthand properties: tslab finds the variable of an earlier cell in `{ engine: engine }`, not in `{ engine }`.
'use strict';
const { createRequire } = require('node:module');

/** The same program with `{ a }` as `{ a: a }`, in destructuring assignments too. No line changes its number. */
function spellOut(source, ts) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    // `{ a = 1 }` is a default in a destructuring assignment, and anywhere else an error that must stay one.
    if (
      ts.isShorthandPropertyAssignment(node) &&
      (!node.objectAssignmentInitializer || ts.isAssignmentTarget(node.parent))
    )
      found.push(node);
    ts.forEachChild(node, visit); // a default may hold others
  };
  visit(file);
  let spelled = source;
  for (const { name } of found.reverse())
    spelled = `${spelled.slice(0, name.end)}: ${name.text}${spelled.slice(name.end)}`;
  return spelled;
}

/** Makes tslab's converter compile cells spelled out. Errors of type are those of the cell as it stands. */
module.exports.install = () => {
  const tslab = createRequire(require.resolve('tslab/dist/main.js'));
  const ts = tslab('@tslab/typescript-for-tslab');
  const converters = tslab('./converter.js');
  const { createConverter } = converters;
  converters.createConverter = (options) => {
    const converter = createConverter(options);
    return {
      ...converter,
      convert(before, source) {
        const spelled = spellOut(source, ts);
        const converted = converter.convert(before, spelled);
        const asGiven = converted.diagnostics.length > 0 && spelled !== source;
        return asGiven ? converter.convert(before, source) : converted;
      },
    };
  };
};
