// Runs in the classic Notebook's page: what the tests ask of the open notebook. Same interface as lab-page.js.
/* global window */
const replies = new Map(); // status of the reply, by id of the cell; null while it is awaited
const requests = new Map();

const notebook = () => window.Jupyter?.notebook;

window.sgsNotebook = {
  /** Whether the notebook is shown and its kernel waits for work. */
  ready: () =>
    Boolean(notebook()?._fully_loaded) &&
    Boolean(notebook().kernel?.is_connected() && notebook().kernel.info_reply.language_info) &&
    !notebook().kernel_busy,
  /** Notes from now on how the kernel answers. */
  watch() {
    notebook().events.on('shell_reply.Kernel', (_, { reply }) => {
      const cell = requests.get(reply.parent_header.msg_id);
      if (cell !== undefined && reply.header.msg_type === 'execute_reply')
        replies.set(cell, reply.content.status);
    });
    notebook().events.on('execute.CodeCell', (_, { cell }) => {
      requests.set(cell.last_msg_id, cell.cell_id);
      replies.set(cell.cell_id, null);
    });
  },
  /** Whether something was run and nothing runs any more. */
  settled: () =>
    replies.size > 0 &&
    ![...replies.values()].includes(null) &&
    !notebook().kernel_busy &&
    !notebook()
      .get_cells()
      .some((cell) => cell.input_prompt_number === '*'),
  /** The cells; of the outputs what is short. */
  cells: () =>
    notebook()
      .get_cells()
      .map((cell) => ({
        type: cell.cell_type,
        source: cell.get_text(),
        count: typeof cell.input_prompt_number === 'number' ? cell.input_prompt_number : null,
        reply: replies.get(cell.cell_id) ?? null,
        outputs: (cell.output_area?.outputs ?? []).map(({ output_type, name, text, data }) => ({
          type: output_type,
          name,
          text: [text ?? data?.['text/plain'] ?? ''].flat().join(''),
          mimes: Object.keys(data ?? {}),
        })),
      })),
  /** Makes one cell the active one, as a click would; it is going to be executed. */
  select(index) {
    notebook().select(index);
    replies.set(notebook().get_cell(index).cell_id, null);
  },
  /** Saves the notebook. */
  save: () => notebook().save_notebook(),
};
