/** The bytes of a module that `modules.ts` has as base64. */
export function moduleBytes(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
