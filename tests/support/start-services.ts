/** Set-up of the integration project; the servers come with the set-up scripts. */
export function setup(): void {}
