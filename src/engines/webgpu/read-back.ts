// Regions of a device's memory that were read back, looked at by their addresses: what `probe` reads (../plan/inspect.ts).
import { EngineError } from '../../errors.js';
import type { Region } from '../plan/arena.js';
import type { Host } from '../plan/host.js';
import type { NeuronSite } from '../plan/neuron-site.js';

/** The regions that looking at a layer of neurons reads. */
export function regionsOfSite({ terms, output, gradient }: NeuronSite): Region[] {
  const regions = [output.region, gradient.region];
  for (const term of terms) {
    regions.push(term.region);
    if (term.kind === 'dense' && term.norm) regions.push(term.norm.vectors);
  }
  return [...new Map(regions.map((region) => [region.address, region])).values()];
}

/** See the head of the file. */
export class ReadBack implements Host {
  constructor(
    private readonly regions: readonly Region[],
    private readonly buffers: readonly ArrayBuffer[],
  ) {}

  floats(address: number, count: number): Float32Array {
    const { buffer, offset } = this.find(address, count * 4);
    return new Float32Array(buffer, offset, count);
  }

  words(address: number, count: number): Uint32Array {
    const { buffer, offset } = this.find(address, count * 4);
    return new Uint32Array(buffer, offset, count);
  }

  /** A device has none. */
  doubles(address: number): Float64Array {
    throw new EngineError(`engine webgpu: there are no doubles at address ${address}`);
  }

  private find(address: number, bytes: number): { buffer: ArrayBuffer; offset: number } {
    const i = this.regions.findIndex(
      (region) => address >= region.address && address + bytes <= region.address + region.bytes,
    );
    if (i < 0)
      throw new EngineError(`engine webgpu: ${bytes} bytes at address ${address} were not read back`);
    return { buffer: this.buffers[i], offset: address - this.regions[i].address };
  }
}
