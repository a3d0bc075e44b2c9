// The PyTorch peers by family: how the neurons are run, and with which environment.
import type { PeerLif } from './peer.js';

/** A way to run PyTorch. */
export interface Family {
  lif: PeerLif;
  /** Variables added to the environment. */
  environment?: Record<string, string>;
  /** Not all of the processor's instructions may be used: measured for comparison with other processors. */
  limited?: boolean;
  /** What it needs besides PyTorch, and how to have it. */
  needs?: string;
}

/** glibc keeps what is freed instead of giving it back: no page faults in the next step, at the price of memory. */
const TUNED_ALLOCATOR = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_TOP_PAD_: String(2 ** 28),
};
/** 256-bit vectors, as on processors without AVX-512: in oneDNN (convolutions) and in PyTorch's own kernels. */
const AVX2 = { ONEDNN_MAX_CPU_ISA: 'AVX2', ATEN_CPU_CAPABILITY: 'avx2' };

const families = {
  eager: { lif: 'eager' },
  tuned: { lif: 'eager', environment: TUNED_ALLOCATOR },
  fused: { lif: 'fused' },
  'tuned-fused': { lif: 'fused', environment: TUNED_ALLOCATOR },
  compiled: { lif: 'compiled', needs: 'a C++ compiler: install g++, or name one in the variable CXX' },
  spikingjelly: { lif: 'spikingjelly', needs: 'SpikingJelly: `pip install spikingjelly`' },
  'eager-avx2': { lif: 'eager', environment: AVX2, limited: true },
  'fused-avx2': { lif: 'fused', environment: AVX2, limited: true },
} as const satisfies Record<string, Family>;

/** The name of a family; bench/README.md says what each is. */
export type PeerFamily = keyof typeof families;
/** The families by name. Each runs in both {@link LAYOUTS}, and the faster one counts. */
export const FAMILIES: Readonly<Record<PeerFamily, Family>> = families;
/** All families. */
export const FAMILY_NAMES = Object.keys(families) as PeerFamily[];
/** Those that run unless others are asked for. */
export const USUAL_FAMILIES = FAMILY_NAMES.filter((name) => !FAMILIES[name].limited);
/** The memory layouts of images. */
export const LAYOUTS = ['nchw', 'nhwc'] as const;

/** The family of a peer by the peer's name, `<family> <layout>`. */
export const familyOf = (peer: string): string => peer.split(' ')[0];
/** Whether a peer is PyTorch without some of the processor's instructions. */
export const isLimited = (peer: string): boolean => FAMILIES[familyOf(peer) as PeerFamily]?.limited === true;

/** Why a family could not run, and what it may need. */
export function whyMissing(family: PeerFamily, { message }: Error): string {
  const { needs } = FAMILIES[family];
  return needs ? `${message}; it needs ${needs}` : message;
}
