// Isolation of the page, which shared memory asks for: by the headers of its server, else by a service worker that adds them.
// Tests: test/page/page.slow.ts.

const TRIED = 'sgs-isolation';
/** The longest wait for the service worker, milliseconds: one that fails to start is never ready. */
const LONGEST = 5000;

/**
 * Isolates the page where its server does not; that takes one reload. Where it cannot be had (a browser without service workers, a
 * private window) the engine runs on one thread, which changes no bit.
 *
 * @returns false where the page is loaded anew and nothing else should begin
 */
export async function isolate(): Promise<boolean> {
  if (crossOriginIsolated || !('serviceWorker' in navigator) || sessionStorage.getItem(TRIED)) return true;
  try {
    await navigator.serviceWorker.register('isolate.js');
    const late = new Promise((_, reject) => setTimeout(reject, LONGEST));
    await Promise.race([navigator.serviceWorker.ready, late]);
  } catch {
    return true;
  }
  sessionStorage.setItem(TRIED, 'yes'); // once: where it does not help, it would be for ever
  location.reload();
  return false;
}
