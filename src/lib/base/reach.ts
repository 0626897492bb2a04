/** Names of the reader's own machine, which browsers trust without encryption. */
const OWN_MACHINE: readonly string[] = ['localhost', '127.0.0.1'];

/** Whether what is there is this machine's own affair: nobody else finds it under that name. */
export function isOwnMachine({ hostname }: URL): boolean {
	return OWN_MACHINE.includes(hostname) || hostname === '[::1]' || hostname.endsWith('.localhost');
}

/**
 * Whether the pages' policy lets them ask this address (`connect-src` in `scripts/lib/policy.js`): any that is encrypted,
 * the site's own, and those on the reader's machine.
 */
export function mayReach({ protocol, hostname, origin }: URL): boolean {
	if (protocol !== 'http:') return true;
	return OWN_MACHINE.includes(hostname) || origin === globalThis.location?.origin;
}
