// Settings by dotted path, such as `neuron.delta`: how options, axes and constraints name one.

/** The value at a path, or undefined where there is none. Own properties only. */
export function settingAt(settings: unknown, path: string): unknown {
  let at = settings;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/**
 * Sets the value at a path and makes the objects on the way. A name such as `__proto__` becomes an ordinary key,
 * which the check of the settings then refuses.
 */
export function setSetting(settings: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  let at = settings;
  for (const name of names.slice(0, -1)) {
    const next = Object.hasOwn(at, name) ? at[name] : undefined;
    const inner = (typeof next === 'object' && next !== null ? next : {}) as Record<string, unknown>;
    define(at, name, inner);
    at = inner;
  }
  define(at, names[names.length - 1], value);
}

const define = (object: object, name: string, value: unknown): void =>
  void Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
