// One voice for bad input: every message names the value, the expectation and the remedy.

/** A file or folder that cannot be used: names the file, where in it, what was found and the remedy. */
export class DataError extends Error {
  override name = 'DataError';
  /**
   * @param file - the file or folder, as the user named it
   * @param found - what is wrong, with byte offset, expected and found where they apply
   * @param remedy - what to do about it
   */
  constructor(
    readonly file: string,
    found: string,
    remedy: string,
  ) {
    super(`${file}: ${found}; ${remedy}`);
  }
}

/** A file whose content is not what was once written: damaged, cut off, or of another version. */
export class DamagedError extends DataError {
  override name = 'DamagedError';
}

/** Settings that do not describe something that can run: names the setting, the value and the permitted ones. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** Something this engine, backend or installation cannot do: names it and says which can, or what to install. */
export class UnsupportedError extends Error {
  override name = 'UnsupportedError';
}

/** Work that an engine began and could not finish: names what failed and what to do. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** Another process works on the run: names it. `busy`: it was first. `lost`: it took over, and a late write is refused. */
export class LeaseError extends Error {
  override name = 'LeaseError';
  constructor(
    message: string,
    readonly kind: 'busy' | 'lost',
  ) {
    super(message);
  }
}
