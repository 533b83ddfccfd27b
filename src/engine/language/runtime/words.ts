/**
 * What a program's own variables and objects look like to somebody who reads memory word by word (`peek`, `poke`). Their values are not
 * stored as words; here an address leads back to the variable or the property it stands for.
 */

import type { Host } from '../host.ts';
import type { Addresses } from './addresses.ts';

/** A variable or property at an address. */
export interface Word {
  /** As the reader wrote it. */
  readonly name: string;
  get(): unknown;
  /** Null where it cannot change. */
  readonly set: ((value: unknown) => void) | null;
}

/** Bytes of a string's header; then come its characters, two bytes each. */
const TEXT_HEADER = 16;

/** The variables and objects of one process whose addresses its program has asked for. */
export class Words {
  private readonly addresses: Addresses;
  private readonly host: Host;
  private readonly variables = new Map<number, Word>();
  private readonly objects = new Map<number, object>();
  private readonly texts = new Map<string, number>();

  constructor(addresses: Addresses, host: Host) {
    this.addresses = addresses;
    this.host = host;
  }

  /** A variable lives at an address, from now on. */
  addVariable(address: number, word: Word): void {
    this.variables.set(address, word);
  }

  /** The address of an object or function, which can be looked into from now on. Its properties follow each other in the order in which it has them. */
  addObject(target: object): number {
    const address = this.addresses.ofObject(target);
    if (this.objects.has(address) || typeof target === 'function') return address;
    this.objects.set(address, target);
    for (const key of Object.keys(target)) this.addresses.element(target, key);
    return address;
  }

  /** The variable or property at an address, where there is one. */
  at(address: number): Word | undefined {
    return this.variables.get(address) ?? this.property(address);
  }

  /** What stands in a word that holds this value: a number, 0 or 1, or where the value lies. */
  encode(value: unknown): number {
    switch (typeof value) {
      case 'number':
        return value;
      case 'boolean':
      case 'bigint':
        return Number(value);
      case 'string':
        return this.addressOfText(value);
      case 'object':
      case 'function':
        return value === null ? 0 : this.addObject(value);
      default:
        return 0;
    }
  }

  private addressOfText(text: string): number {
    let address = this.texts.get(text);
    if (address === undefined) {
      address = this.host.allocate(TEXT_HEADER + 2 * text.length);
      this.texts.set(text, address);
    }
    return address;
  }

  private property(address: number): Word | undefined {
    for (const target of this.objects.values()) {
      const key = this.addresses.keyAt(target, address);
      if (key === undefined) continue;
      const holder = target as Record<PropertyKey, unknown>;
      const own = Object.getOwnPropertyDescriptor(target, key);
      const canChange = own === undefined ? Object.isExtensible(target) : own.writable === true;
      return {
        name: `.${String(key)}`,
        get: () => (own === undefined || 'value' in own ? holder[key] : undefined),
        set: canChange
          ? (value) => {
              holder[key] = value;
            }
          : null,
      };
    }
    return undefined;
  }
}
