export function writeProfile(profile: string, more?: Record<string, unknown>): Promise<void>;
