/** The part of `@8x8/pui-partner-comm` that is used here (contract section 6); answers come to `onMessage`. */
export type PartnerSdk = {
  system: {
    initialise(app: {
      appName: string;
      appVersion: string;
      vendor: string;
      onMessage(data: unknown): void;
    }): void;
    getContext(): void;
    getEvents(): void;
    sendEvent(name: string, data: unknown): void;
  };
  activity: { signal(): void; idle(): void };
};

export type OpenPartnerSdk = () => Promise<PartnerSdk>;
