// Runs in JupyterLab's page: what the tests ask of the open notebook. Same interface as classic-page.js.
/* global window */
const replies = new Map(); // status of the reply, by id of the cell; null while it is awaited
const requests = new Map();

const panel = () => window.jupyterapp?.shell.currentWidget;
const kernel = () => panel()?.sessionContext?.session?.kernel;
const prompt = (widget) => widget.node.querySelector('.jp-InputArea-prompt')?.textContent ?? '';

window.sgsNotebook = {
  /** Whether the notebook is shown and its kernel waits for work. */
  ready: () => Boolean(panel()?.context?.isReady) && kernel()?.status === 'idle',
  /** Notes from now on how the kernel answers. */
  watch() {
    kernel().anyMessage.connect((_, { msg, direction }) => {
      const { msg_type: type, msg_id: id } = msg.header;
      if (direction === 'send' && type === 'execute_request' && msg.metadata.cellId) {
        requests.set(id, msg.metadata.cellId);
        replies.set(msg.metadata.cellId, null);
      } else if (type === 'execute_reply' && requests.has(msg.parent_header.msg_id)) {
        replies.set(requests.get(msg.parent_header.msg_id), msg.content.status);
      }
    });
  },
  /** Whether something was run and nothing runs any more. */
  settled: () =>
    replies.size > 0 &&
    ![...replies.values()].includes(null) &&
    kernel().status === 'idle' &&
    !panel().content.widgets.some((widget) => prompt(widget).includes('*')),
  /** The cells; of the outputs what is short. */
  cells: () =>
    panel().content.widgets.map(({ model }) => ({
      type: model.type,
      source: model.sharedModel.getSource(),
      count: model.executionCount ?? null,
      reply: replies.get(model.id) ?? null,
      outputs: (model.outputs?.toJSON() ?? []).map(({ output_type, name, text, data }) => ({
        type: output_type,
        name,
        text: [text ?? data?.['text/plain'] ?? ''].flat().join(''),
        mimes: Object.keys(data ?? {}),
      })),
    })),
  /** Makes one cell the active one, as a click would; it is going to be executed. */
  select(index) {
    panel().content.activeCellIndex = index;
    panel().content.mode = 'command';
    replies.set(panel().content.activeCell.model.id, null);
  },
  /** Whether Jupyter holds the notebook for modified. */
  modified: () => panel().context.model.dirty,
  /** Saves the notebook. */
  save: () => panel().context.save(),
  /** Changes the theme. */
  theme: (name) => window.jupyterapp.commands.execute('apputils:change-theme', { theme: name }),
};
