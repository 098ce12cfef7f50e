// FX_RATES_URL -> daily rates in the forms in which the European Central Bank publishes them: CSV, the same in a zip, or XML.
// Refuses what is neither https nor this machine (redirects too), what takes long, and what is larger than any such file.

import { AppError } from '#src/errors.ts';
import type { RateSource } from '#src/ports.ts';
import { readRates } from './formats.ts';
import { unzipOnly } from './unzip.ts';

const limits = { milliseconds: 20_000, bytes: 16 * 1_048_576, unpacked: 64 * 1_048_576, redirects: 3 };

/** @param url null when none is configured */
export function makeRateSource(url: string | null): RateSource {
  return {
    async daily() {
      if (url === null) throw new AppError('RATES_NO_SOURCE');
      try {
        const bytes = await download(new URL(url));
        const packed = bytes[0] === 0x50 && bytes[1] === 0x4b;
        return readRates(new TextDecoder().decode(packed ? unzipOnly(bytes, limits.unpacked) : bytes));
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError('RATES_SOURCE_FAILED', { reason: reasonOf(error) }, { cause: error });
      }
    },
  };
}

async function download(first: URL): Promise<Uint8Array> {
  // One limit for all steps together.
  const signal = AbortSignal.timeout(limits.milliseconds);
  let url = first;
  for (let redirects = 0; redirects <= limits.redirects; redirects += 1) {
    mustBeSafe(url);
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      headers: { accept: 'text/csv, application/zip, application/xml' },
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = new URL(location, url);
      continue;
    }
    if (!response.ok) return failed(`the server answered ${response.status}`);
    return body(response);
  }
  return failed('it redirects too often');
}

function mustBeSafe(url: URL): void {
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) failed('its address is not https');
}

async function body(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limits.bytes) return failed('the file is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failed(reason: string): never {
  throw new AppError('RATES_SOURCE_FAILED', { reason });
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'the server takes too long';
  if (error instanceof TypeError) return 'the server cannot be reached';
  return 'what it sent cannot be read';
}
