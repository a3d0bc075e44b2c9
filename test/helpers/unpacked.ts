// What the report's script unpacks.
import { gunzipSync } from 'node:zlib';

/** The text that an element holds gzipped and in base64. */
export const unpacked = (element: Element | null): string =>
  gunzipSync(Buffer.from(element?.textContent ?? '', 'base64')).toString();
