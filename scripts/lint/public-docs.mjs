// A plugin of oxlint with one rule, `public/docs`: a function that users import says what it takes, what it gives and what it throws.
// oxlint's own jsdoc rules ask this of every function of a file or of none: they do not know what an entry of the package exports,
// have no @throws, and look into inner functions. This one follows the exports of the entries to the files that declare them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** What users import from, as package.json's `exports` has it. */
export const ENTRIES = [
  'src/index.ts',
  'src/display/index.ts',
  'src/engines/index.ts',
  'src/figures/index.ts',
  'src/interchange/index.ts',
  'src/statistics/index.ts',
  'src/studies/notebook.ts',
];

/** Numbers in a row: without their shape they are of no use. */
const ARRAYS = /\b(Float32Array|Float64Array|Uint8Array|Int32Array|Uint32Array|TensorMap|Tensor)\b/;

/** Everything: what `export * as name` exports of a file. */
const ALL = '*';

/** The value names that each file exports to users, `*` for all of them: a map from absolute path. */
export const publicNames = (entries) => {
  const found = new Map();
  const add = (file, name) => {
    const names = found.get(file) ?? found.set(file, new Set()).get(file);
    if (names.has(name)) return;
    names.add(name);
    if (!existsSync(file)) throw new Error(`public/docs: ${file} is exported and not there`);
    follow(file, name);
  };
  /** What `file` exports under `wanted` from another file, there too. */
  const follow = (file, wanted) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    for (const statement of source.statements) {
      if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) continue;
      const target = resolve(dirname(file), statement.moduleSpecifier.text.replace(/\.js$/, '.ts'));
      if (!statement.exportClause || ts.isNamespaceExport(statement.exportClause)) {
        add(target, ALL);
        continue;
      }
      for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements)
        if (!isTypeOnly && (wanted === ALL || wanted === name.text)) add(target, (propertyName ?? name).text);
    }
  };
  for (const entry of entries) add(resolve(entry), ALL);
  return found;
};

const isFunction = (node) =>
  node?.type === 'ArrowFunctionExpression' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'FunctionDeclaration' ||
  node?.type === 'TSDeclareFunction';

/** The functions that a statement declares, each with its name. */
const declared = (statement) => {
  if (isFunction(statement)) return [{ name: statement.id.name, node: statement }];
  if (statement?.type !== 'VariableDeclaration') return [];
  return statement.declarations
    .filter(({ init }) => isFunction(init))
    .map(({ id, init }) => ({ name: id.name, node: init }));
};

/** Every node below one; `see` says whether to go on below it. */
const walk = (node, see) => {
  if (!see(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child.type === 'string') walk(child, see);
  }
};

/** A function inside of another that runs when it is called by its name, not where it stands. */
const isNamed = (node) =>
  node.type === 'FunctionDeclaration' ||
  ((node.type === 'VariableDeclarator' || node.type === 'Property') && isFunction(node.init ?? node.value));

/**
 * The names of the functions of a file that throw, themselves or by a function of the same file that they call. What they hand on
 * (`throw error` of a catch) is another's.
 */
const throwing = (program) => {
  const calls = new Map();
  const throwers = new Set();
  const enter = (name, body) => {
    const called = calls.get(name) ?? calls.set(name, new Set()).get(name);
    walk(body, (inner) => {
      if (isNamed(inner)) {
        const one = inner.init ?? inner.value ?? inner;
        if (one.body) enter((inner.id ?? inner.key).name, one.body);
        return false;
      }
      if (inner.type === 'ThrowStatement' && inner.argument.type !== 'Identifier') throwers.add(name);
      if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier')
        called.add(inner.callee.name);
      return true;
    });
  };
  enter('', program);
  for (let before = -1; before !== throwers.size;) {
    before = throwers.size;
    for (const [name, called] of calls) if ([...called].some((one) => throwers.has(one))) throwers.add(name);
  }
  return throwers;
};

const parameterName = (parameter) => {
  const inner = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (inner.type === 'RestElement') return inner.argument.name;
  return inner.type === 'Identifier' ? inner.name : undefined;
};

/** What is missing in the comment of one function. */
const missing = (name, node, comment, throws, text) => {
  if (comment === undefined) return ['a comment /** … */'];
  const params = [...comment.matchAll(/@param\s+(\S+)\s+-\s+\S/g)].map(([, param]) => param);
  const gaps = node.params.flatMap((parameter, index) => {
    const wanted = parameterName(parameter);
    if (wanted === undefined) return params[index] === undefined ? [`@param of parameter ${index + 1}`] : [];
    return params.includes(wanted) ? [] : [`@param ${wanted}`];
  });
  const result = node.returnType ? text(node.returnType) : '';
  const gives = !/^:\s*(void|Promise<void>|asserts\b.*|never)$/.test(result);
  if (gives && !/@returns\s+\S/.test(comment)) gaps.push('@returns');
  if (throws && !/@throws\s+\S/.test(comment)) gaps.push('@throws');
  const types = [...node.params.map((parameter) => text(parameter)), result].join(' ');
  if (ARRAYS.test(types) && !/\[[^\]\n]*\]/.test(comment))
    gaps.push('the shape of its arrays, as [T, B, classes]');
  return gaps;
};

let names;

const docs = {
  meta: { type: 'suggestion', docs: { description: 'public functions say what they take, give and throw' } },
  create(context) {
    names ??= publicNames(ENTRIES.map((entry) => join(context.cwd, entry)));
    const file = resolve(context.cwd, context.filename);
    const wanted = names.get(file);
    if (wanted === undefined) return {};
    return {
      Program(program) {
        const source = context.sourceCode;
        const throwers = throwing(program);
        for (const statement of program.body) {
          if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
          for (const { name, node } of declared(statement.declaration)) {
            if (!wanted.has(ALL) && !wanted.has(name)) continue;
            const last = source.getCommentsBefore(statement).at(-1);
            const comment = last?.value.startsWith('*') ? last.value : undefined;
            const gaps = missing(name, node, comment, throwers.has(name), (part) => source.getText(part));
            if (gaps.length > 0)
              context.report({
                node: statement,
                message: `${name}, which users import, lacks ${gaps.join(', ')}`,
              });
          }
        }
      },
    };
  },
};

export default { meta: { name: 'public' }, rules: { docs } };
