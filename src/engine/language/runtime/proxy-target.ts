/** What a proxy stands for, for those who show it: looking through the proxy itself would run its traps. */
import { putNative } from './forms.ts';
import { Identity } from './identity.ts';

class ProxyMark extends Identity {
  #target: object;
  private constructor(proxy: object, target: object) {
    super(proxy);
    this.#target = target;
  }
  static put(proxy: object, target: object): void {
    new ProxyMark(proxy, target);
  }
  static get(proxy: object): object | undefined {
    return #target in proxy ? (proxy as ProxyMark).#target : undefined;
  }
}

/** The object behind a proxy and behind those it stands for; any other object itself. */
export function proxyTarget(value: object): object {
  let object = value;
  for (let target = ProxyMark.get(object); target !== undefined; target = ProxyMark.get(object))
    object = target;
  return object;
}

/** Keep the targets of the proxies that snippets make. */
export function addProxyForms(): void {
  putNative(Proxy, {
    // biome-ignore lint/correctness/useYield: the form of a constructor is an activation, even where nothing suspends
    *construct(rt, args, newTarget) {
      const proxy = rt.addresses.born(rt.directConstruct(Proxy, args, newTarget));
      ProxyMark.put(proxy, args[0] as object);
      return proxy;
    },
  });
  const { revocable } = Proxy;
  putNative(revocable, {
    tail(rt, self, args) {
      const made = rt.direct(revocable, self, args) as { readonly proxy: object };
      ProxyMark.put(made.proxy, args[0] as object);
      return made;
    },
  });
}
