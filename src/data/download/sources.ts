// Sources of a data set: official addresses, published checksums and the expected files.

/** A file, or a folder of files, that an archive must hold. */
export interface ExpectedFile {
  name: string;
  /** 64 hex digits, where known; without it the file only has to be there, as the archive's md5 vouches for it. */
  sha256?: string;
  /** Of a folder: how many files are in it. */
  holds?: number;
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

/** Files by name, with their SHA-256. */
export const expectedFiles = (digests: Record<string, string>): ExpectedFile[] =>
  Object.entries(digests).map(([name, sha256]) => ({ name, sha256 }));
