// Text within the page, gzipped: a sixth of its size for figures. Tests: test/report/report.test.ts, where the page unpacks it.
import { gzipSync } from 'node:zlib';

/** Text gzipped and in base64, which the page's script unpacks. */
export const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64');
