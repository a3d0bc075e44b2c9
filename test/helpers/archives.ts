// Small archives made by hand, so that they can also hold what no honest tool would write.
import { createHash } from 'node:crypto';
import { crc32, gzipSync } from 'node:zlib';

/** An entry of an archive. */
export interface ArchiveEntry {
  name: string;
  content?: string | Uint8Array;
  /** Default `file`; a name that ends in `/` is a folder. */
  type?: 'file' | 'link' | 'symlink' | 'device';
  /** What a link points at. */
  target?: string;
}

const TAR_TYPES = { file: '0', link: '1', symlink: '2', device: '3', folder: '5' };

/** A gzipped tar archive in ustar form. */
export function tarGz(entries: ArchiveEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content = '', type = 'file', target = '' }) => {
    const data = Buffer.from(content);
    const header = Buffer.alloc(512);
    const number = (value: number, width: number): string =>
      `${value.toString(8).padStart(width - 1, '0')}\0`;
    header.write(name, 0);
    header.write(number(0o644, 8), 100);
    header.write(number(0, 8), 108);
    header.write(number(0, 8), 116);
    header.write(number(data.length, 12), 124);
    header.write(number(0, 12), 136);
    header.write(' '.repeat(8), 148);
    header.write(name.endsWith('/') ? TAR_TYPES.folder : TAR_TYPES[type], 156);
    header.write(target, 157);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** A zip archive, entries stored uncompressed. */
export function zip(entries: ArchiveEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', type = 'file', target = '' } of entries) {
    const data = Buffer.from(type === 'symlink' ? target : content);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26); // from "version needed" to "extra length"
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, data]);
    const rest = Buffer.alloc(14); // comment length to local header offset
    const mode = name.endsWith('/') ? 0o040755 : type === 'symlink' ? 0o120777 : 0o100644;
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 3]); // 3 = Unix
    central.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, common, rest, nameBytes);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** MD5 as hex digits. */
export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
