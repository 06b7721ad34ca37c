export function writeProfile(
  profile: string,
  more?: Record<string, unknown>,
  machine?: Record<string, unknown>,
): Promise<void>;
