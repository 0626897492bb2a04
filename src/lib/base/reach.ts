/** Names of the reader's own machine, which browsers trust without encryption. */
const OWN_MACHINE: readonly string[] = ['localhost', '127.0.0.1'];

/**
 * Whether the pages' policy lets them ask this address (`connect-src` in `scripts/lib/policy.js`): any that is encrypted,
 * the site's own, and those on the reader's machine.
 */
export function mayReach({ protocol, hostname, origin }: URL): boolean {
	if (protocol !== 'http:') return true;
	return OWN_MACHINE.includes(hostname) || origin === globalThis.location?.origin;
}
