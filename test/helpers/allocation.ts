// Counts the bytes of the buffers that code asks for. A claim like "never allocates beyond 4 × the file" is about
// what is asked for; the process's memory would also tell of the garbage collector and of other threads.

const CONSTRUCTORS = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

type Construct = new (...given: unknown[]) => { byteLength: number };

/**
 * Runs synchronous code and sums what it allocates as ArrayBuffers, typed arrays (views of existing buffers cost
 * nothing) and through Buffer.alloc, allocUnsafe, from and concat. Plain arrays, strings and objects are not seen:
 * a reader that collects values in plain arrays has to be judged by its result.
 */
export function allocated<T>(run: () => T): { result: T; bytes: number } {
  let bytes = 0;
  const scope = globalThis as unknown as Record<string, Construct>;
  const constructors = CONSTRUCTORS.map((name) => [name, scope[name]] as const);
  const buffer = Buffer as unknown as Record<string, (...given: unknown[]) => Uint8Array>;
  const makers = ['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from', 'concat'].map(
    (name) => [name, buffer[name]] as const,
  );
  for (const [name, original] of constructors)
    scope[name] = new Proxy(original, {
      construct(target, given: unknown[], newTarget) {
        const made = Reflect.construct(target, given, newTarget) as { byteLength: number };
        const isView = given[0] instanceof scope.ArrayBuffer || given[0] instanceof scope.SharedArrayBuffer;
        if (!isView) bytes += made.byteLength;
        return made;
      },
    });
  for (const [name, original] of makers)
    buffer[name] = (...given) => {
      const made = original.apply(Buffer, given);
      bytes += made.byteLength;
      return made;
    };
  try {
    return {
      result: run(),
      get bytes() {
        return bytes;
      },
    };
  } finally {
    for (const [name, original] of constructors) scope[name] = original;
    for (const [name, original] of makers) buffer[name] = original;
  }
}
