// Shift-Tab in a cell: between the parentheses of a call it explains what is called, and it names each part of a comment.
'use strict';
const { createRequire } = require('node:module');

const tslab = createRequire(require.resolve('tslab/dist/main.js'));

/** Where the name ends that the innermost call around a place calls; undefined outside of calls. */
function calleeAround(code, place) {
  const ts = tslab('@tslab/typescript-for-tslab');
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  let found;
  const visit = (node) => {
    if (node.pos > place || node.end < place) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.end < place)
      found = node.expression.end;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** tslab names `@param` alone. */
const withNames = (tags) =>
  tags?.map((tag) =>
    tag.name === 'param'
      ? tag
      : {
          ...tag,
          text: [{ text: tag.name === 'example' ? '@example\n' : `@${tag.name} ` }, ...(tag.text ?? [])],
        },
  );

/** Makes tslab answer so. */
module.exports.install = () => {
  const inspection = tslab('./inspect.js');
  const { printQuickInfo } = inspection;
  inspection.printQuickInfo = (info) => printQuickInfo({ ...info, tags: withNames(info.tags) });
  const handler = tslab('./jupyter.js').JupyterHandlerImpl.prototype;
  const { handleInspect } = handler;
  handler.handleInspect = function inspect(request) {
    const answer = handleInspect.call(this, request);
    if (answer.found) return answer;
    const place = calleeAround(request.code, request.cursor_pos);
    return place === undefined ? answer : handleInspect.call(this, { ...request, cursor_pos: place });
  };
};
