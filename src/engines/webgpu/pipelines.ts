// The compute pipelines of a device, one for each different code: layers of any size share theirs.
import type { Device } from './device.js';
import type { Dispatch } from './dispatch.js';
import { GpuError, type Operation } from './gpu-error.js';

/** The operation of a dispatch, for errors. */
export const operationOf = ({ kernel, layer }: Pick<Dispatch, 'kernel' | 'layer'>): Operation => ({
  operation: `kernel ${kernel}`,
  layer,
});

const COMPUTE = 4; // GPUShaderStage.COMPUTE: Node has no such global

/** See the head of the file. */
export class Pipelines {
  private readonly byCode = new Map<string, Promise<GPUComputePipeline>>();
  private readonly layouts = new Map<string, GPUBindGroupLayout>();

  constructor(private readonly device: Device) {}

  /** How many there are. */
  get count(): number {
    return this.byCode.size;
  }

  /**
   * The pipeline of a dispatch, compiled when its code comes for the first time.
   *
   * @throws GpuError for code that the device does not take, with the places in it
   */
  async for(dispatch: Dispatch): Promise<GPUComputePipeline> {
    const { code } = dispatch;
    let pipeline = this.byCode.get(code);
    if (!pipeline) {
      this.device.assertAlive();
      pipeline = this.compile(dispatch);
      pipeline.catch(() => undefined); // handled where it is awaited
      this.byCode.set(code, pipeline);
    }
    return this.device.wait(pipeline);
  }

  /**
   * The layout of so many bindings of one type. It is said, and not left to the pipeline: that would leave out what a kernel does
   * not use, and no two pipelines could share it.
   */
  layout(count: number, type: 'storage' | 'uniform'): GPUBindGroupLayout {
    const key = `${type} ${count}`;
    let layout = this.layouts.get(key);
    if (!layout) {
      const entries = Array.from({ length: count }, (_, binding) => ({
        binding,
        visibility: COMPUTE,
        buffer: { type },
      }));
      layout = this.device.device.createBindGroupLayout({ label: key, entries });
      this.layouts.set(key, layout);
    }
    return layout;
  }

  private async compile(dispatch: Dispatch): Promise<GPUComputePipeline> {
    const { kernel, code, regions, numbers } = dispatch;
    const { device } = this.device;
    device.pushErrorScope('validation'); // the module's own errors, which the pipeline repeats
    const module = device.createShaderModule({ label: kernel, code });
    device.popErrorScope().catch(() => undefined);
    const bindGroupLayouts = [this.layout(regions.length, 'storage')];
    if (numbers.length > 0) bindGroupLayouts.push(this.layout(1, 'uniform'));
    const layout = device.createPipelineLayout({ label: kernel, bindGroupLayouts });
    try {
      return await device.createComputePipelineAsync({ label: kernel, layout, compute: { module } });
    } catch (error) {
      const { messages } = await this.device.wait(module.getCompilationInfo());
      const lines = code.split('\n');
      const places = messages.map(({ lineNum, linePos, message }) => {
        const [first] = message.split('\n'); // the rest lists everything that would have been right
        return `\n  line ${lineNum}, column ${linePos}: ${first}${lineNum > 0 ? `\n    ${lines[lineNum - 1].trim()}` : ''}`;
      });
      const reason = places.length > 0 ? 'its WGSL is refused' : (error as Error).message;
      throw new GpuError(operationOf(dispatch), `${reason}${places.join('')}`);
    }
  }
}
