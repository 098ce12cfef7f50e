// Takes away from this process what it does not need once its own code is loaded: further modules and the ways to a
// network. The permission model bars files, processes and add-ons; on Node 24 it does not yet bar the network.

import { registerHooks } from 'node:module';

export function seal(): void {
  registerHooks({
    resolve(specifier) {
      throw new Error(`${specifier} may not be loaded here`);
    },
  });
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) Reflect.deleteProperty(globalThis, name);
  for (const name of ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen']) {
    Object.defineProperty(process, name, { value: undefined, configurable: false, writable: false });
  }
}
