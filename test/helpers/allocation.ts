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
];
const BUFFER_MAKERS = ['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from', 'concat'];

type Construct = new (...given: unknown[]) => { byteLength: number };
type Make = (...given: unknown[]) => Uint8Array;

/** Counts allocations from when it is made until it is stopped. */
export interface AllocationMeter {
  /** Bytes asked for so far. */
  bytes: number;
  /** Puts the constructors back. */
  stop(): void;
}

/**
 * Starts to count what this thread allocates as ArrayBuffers, typed arrays (views of existing buffers cost nothing)
 * and through Buffer.alloc, allocUnsafe, from and concat. Plain arrays, strings and objects are not seen: a reader
 * that collects values in plain arrays has to be judged by its result.
 */
export function allocationMeter(): AllocationMeter {
  const scope = globalThis as unknown as Record<string, Construct>;
  const makers = Buffer as unknown as Record<string, Make>;
  const constructors = CONSTRUCTORS.map((name) => [name, scope[name]] as const);
  const functions = BUFFER_MAKERS.map((name) => [name, makers[name]] as const);
  const { ArrayBuffer, SharedArrayBuffer } = globalThis;
  const meter: AllocationMeter = {
    bytes: 0,
    stop() {
      for (const [name, original] of constructors) scope[name] = original;
      for (const [name, original] of functions) makers[name] = original;
    },
  };
  for (const [name, original] of constructors)
    scope[name] = new Proxy(original, {
      construct(target, given: unknown[], newTarget) {
        const made = Reflect.construct(target, given, newTarget) as { byteLength: number };
        const isView = given[0] instanceof ArrayBuffer || given[0] instanceof SharedArrayBuffer;
        if (!isView) meter.bytes += made.byteLength;
        return made;
      },
    });
  for (const [name, original] of functions)
    makers[name] = (...given) => {
      const made = original.apply(Buffer, given);
      meter.bytes += made.byteLength;
      return made;
    };
  return meter;
}
