// Where data sets come from: official addresses, published checksums and what must be there afterwards.

/** The data sets that can be downloaded. */
export type DownloadName = 'cifar10' | 'cifar100' | 'cifar10-dvs';

/** A file that an archive must hold. */
export interface ExpectedFile {
  name: string;
  /** 64 hex digits, where known; without it the file only has to be there, as the archive's md5 vouches for it. */
  sha256?: string;
}

/** One archive of a data set. */
export interface ArchiveSource {
  /** Addresses of the same archive, tried in order. */
  urls: string[];
  /** Its file name: on disk while it is being downloaded, at a mirror, and when put in place by hand. */
  file: string;
  /** Published MD5, 32 hex digits. */
  md5: string;
  /** Published length, where known. */
  bytes?: number;
  /** The folder in the archive that is wanted. */
  inside: string;
  /** The folder that it becomes, below the data folder. */
  folder: string;
  files: ExpectedFile[];
}

/** Folder of CIFAR10-DVS below the data folder: one folder a class in it. */
export const CIFAR10_DVS_FOLDER = 'cifar10-dvs';

const toronto = 'https://www.cs.toronto.edu/~kriz';

const expected = (digests: Record<string, string>): ExpectedFile[] =>
  Object.entries(digests).map(([name, sha256]) => ({ name, sha256 }));

/**
 * The recordings of one class of CIFAR10-DVS (Li et al. 2017, figshare article 4724671). The interface address of
 * figshare comes first: its download address answers programs with a challenge (tonic, issue 329).
 */
const recordings = (name: string, id: number, md5: string): ArchiveSource => ({
  urls: [`https://api.figshare.com/v2/file/download/${id}`, `https://ndownloader.figshare.com/files/${id}`],
  file: `${name}.zip`,
  md5,
  inside: name,
  folder: `${CIFAR10_DVS_FOLDER}/${name}`,
  files: Array.from({ length: 1000 }, (_, i) => ({ name: `cifar10_${name}_${i}.aedat` })),
});

/** The archives of every data set that can be downloaded. */
export const SOURCES: Record<DownloadName, ArchiveSource[]> = {
  cifar10: [
    {
      urls: [`${toronto}/cifar-10-binary.tar.gz`],
      file: 'cifar-10-binary.tar.gz',
      md5: 'c32a1d4ab5d03f1284b67883e8d87530',
      bytes: 170_052_171,
      inside: 'cifar-10-batches-bin',
      folder: 'cifar-10-batches-bin',
      files: expected({
        'data_batch_1.bin': 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
        'data_batch_2.bin': 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
        'data_batch_3.bin': 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
        'data_batch_4.bin': '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
        'data_batch_5.bin': '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
        'test_batch.bin': '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
      }),
    },
  ],
  cifar100: [
    {
      urls: [`${toronto}/cifar-100-binary.tar.gz`],
      file: 'cifar-100-binary.tar.gz',
      md5: '03b5dce01913d631647c71ecec9e9cb8',
      bytes: 168_513_733,
      inside: 'cifar-100-binary',
      folder: 'cifar-100-binary',
      files: expected({
        'train.bin': 'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
        'test.bin': 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a',
      }),
    },
  ],
  'cifar10-dvs': [
    recordings('airplane', 7712788, '0afd5c4bf9ae06af762a77b180354fdd'),
    recordings('automobile', 7712791, '8438dfeba3bc970c94962d995b1b9bdd'),
    recordings('bird', 7712794, 'a9c207c91c55b9dc2002dc21c684d785'),
    recordings('cat', 7712812, '52c63c677c2b15fa5146a8daf4d56687'),
    recordings('deer', 7712815, 'b6bf21f6c04d21ba4e23fc3e36c8a4a3'),
    recordings('dog', 7712818, 'f379ebdf6703d16e0a690782e62639c3'),
    recordings('frog', 7712842, 'cad6ed91214b1c7388a5f6ee56d08803'),
    recordings('horse', 7712851, 'e7cbbf77bec584ffbf913f00e682782a'),
    recordings('ship', 7712836, '41c7bd7d6b251be82557c6cce9a7d5c9'),
    recordings('truck', 7712839, '89f3922fd147d9aeff89e76a2b0b70a7'),
  ],
};
