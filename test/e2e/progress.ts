/** Writes one line for the person in front of the screen. */
export type Log = (line: string) => void;

const HEARTBEAT_MS = 15_000;

/**
 * Does one step: says what and how long it usually takes, shows a sign of life while it lasts, and its seconds after.
 *
 * @param usually the usual duration, if it is long
 */
export async function step<T>(log: Log, title: string, job: () => Promise<T>, usually?: string): Promise<T> {
	const started = Date.now();
	const seconds = (digits = 1): string => ((Date.now() - started) / 1000).toFixed(digits);
	const doing = title.charAt(0).toLowerCase() + title.slice(1);
	log(`• ${title}${usually ? ` (${usually})` : ''} …`);
	const heartbeat = setInterval(() => log(`  … still ${doing}, ${seconds(0)} s`), HEARTBEAT_MS);
	try {
		const result = await job();
		log(`✓ ${title} (${seconds()} s)`);
		return result;
	} catch (error) {
		log(`✗ ${title} failed (${seconds()} s)`);
		throw error;
	} finally {
		clearInterval(heartbeat);
	}
}
