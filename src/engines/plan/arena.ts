// Lays out a model's memory. Addresses are handed out while a plan is compiled, in the order in which it will run,
// so what is freed can be used again and the peak is known before anything runs.

/** A piece of memory that was handed out. */
export interface Region {
  address: number;
  bytes: number;
}

/** First-fit allocation over addresses from `start` on. */
export class Arena {
  /** Free pieces below `top`, by address; never two that touch. */
  private free: Region[] = [];
  private top: number;
  /** The highest address ever handed out. */
  peak: number;

  /**
   * @param start - the first address that may be handed out
   * @param alignment - every address and every size is a multiple of this: a cache line, or what a device asks of bindings
   */
  constructor(
    start: number,
    private readonly alignment = 64,
  ) {
    this.top = this.align(start);
    this.peak = this.top;
  }

  private align(bytes: number): number {
    return Math.ceil(bytes / this.alignment) * this.alignment;
  }

  /** Memory of `bytes` bytes; its contents are undefined. */
  alloc(bytes: number): Region {
    const wanted = this.align(Math.max(bytes, 1));
    const index = this.free.findIndex((region) => region.bytes >= wanted);
    if (index >= 0) {
      const { address, bytes: available } = this.free[index];
      if (available === wanted) this.free.splice(index, 1);
      else this.free[index] = { address: address + wanted, bytes: available - wanted };
      return { address, bytes: wanted };
    }
    const last = this.free.at(-1);
    const extends_ = last && last.address + last.bytes === this.top;
    const address = extends_ ? last.address : this.top;
    if (extends_) this.free.pop();
    this.top = address + wanted;
    this.peak = Math.max(this.peak, this.top);
    return { address, bytes: wanted };
  }

  /** Gives a region back. */
  release({ address, bytes }: Region): void {
    let at = this.free.findIndex((region) => region.address > address);
    if (at < 0) at = this.free.length;
    this.free.splice(at, 0, { address, bytes });
    for (let i = Math.max(0, at - 1); i < this.free.length - 1 && i <= at;) {
      const [a, b] = [this.free[i], this.free[i + 1]];
      if (a.address + a.bytes === b.address)
        this.free.splice(i, 2, { address: a.address, bytes: a.bytes + b.bytes });
      else i++;
    }
  }
}
