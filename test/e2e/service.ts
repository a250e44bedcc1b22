import { type Emulator, startEmulator } from '../emulator';
import { addDemoStreams } from '../emulator/demo';

/** The Videograph API that a run works against: the emulator, or the real service. */
export interface Service {
	/** The data of a Videograph API credential. */
	credential: { accessTokenId: string; secretKey: string; baseUrl: string };
	/** A live stream that is recorded. */
	streamId: string;
	/** undefined: it is the real service. */
	emulator: Emulator | undefined;
	close: () => Promise<void>;
}

const VARIABLES = ['VIDEOGRAPH_ACCESS_TOKEN_ID', 'VIDEOGRAPH_SECRET_KEY', 'VIDEOGRAPH_STREAM_ID'] as const;

/** Starts an emulator, unless the environment has an access to the real service. */
export async function chooseService(env: NodeJS.ProcessEnv): Promise<Service> {
	const missing = VARIABLES.filter((name) => !env[name]);
	if (missing.length === VARIABLES.length) return emulated();
	if (missing.length > 0) {
		throw new Error(
			`To run against the real service, set ${missing.join(' and ')} too; ` +
				`to run against the emulator, set none of ${VARIABLES.join(', ')}.`,
		);
	}
	const [accessTokenId = '', secretKey = '', streamId = ''] = VARIABLES.map((name) => env[name]);
	const baseUrl = env.VIDEOGRAPH_BASE_URL || 'https://api.videograph.ai';
	return {
		credential: { accessTokenId, secretKey, baseUrl },
		streamId,
		emulator: undefined,
		close: () => Promise.resolve(),
	};
}

export async function emulated(): Promise<Service & { emulator: Emulator }> {
	const emulator = await startEmulator();
	const stream = addDemoStreams(emulator);
	return {
		credential: { ...emulator.credentials, baseUrl: emulator.url },
		streamId: stream.streamUUID,
		emulator,
		close: () => emulator.close(),
	};
}
