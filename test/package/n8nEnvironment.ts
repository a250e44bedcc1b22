/** An environment variable of n8n that the documentation or a compose file names. */
interface Variable {
	effect: string;
	/** The file that reads it: package and path. Tests check it if the package is installed here. */
	source: string;
	/** The major version that removed it. */
	removedIn?: number;
}

const config = (file: string) => `@n8n/config/dist/${file}.js`;
const communityPackages = 'n8n/dist/modules/community-packages/community-packages.config.js';

/** Read from n8n 2.41.1. What n8n 3.0 changes: https://docs.n8n.io/changelog/v30-breaking-changes/. */
export const N8N_ENVIRONMENT: Record<string, Variable> = {
	DB_POSTGRESDB_DATABASE: { effect: 'name of the database', source: config('configs/database.config') },
	DB_POSTGRESDB_HOST: { effect: 'host of PostgreSQL', source: config('configs/database.config') },
	DB_POSTGRESDB_PASSWORD: { effect: 'password for PostgreSQL', source: config('configs/database.config') },
	DB_POSTGRESDB_USER: { effect: 'user of PostgreSQL', source: config('configs/database.config') },
	DB_TYPE: { effect: 'SQLite or PostgreSQL', source: config('configs/database.config') },
	EXECUTIONS_MODE: { effect: 'regular or queue mode', source: config('configs/executions.config') },
	GENERIC_TIMEZONE: { effect: 'time zone of workflows that set none', source: config('configs/generic.config') },
	N8N_COMMUNITY_PACKAGES_ENABLED: { effect: 'turns community nodes on or off', source: communityPackages },
	N8N_DEFAULT_BINARY_DATA_MODE: {
		effect: 'storage of files; the value default, in memory, is gone in 3.0',
		source: 'n8n-core/dist/binary-data/binary-data.config.js',
	},
	N8N_ENCRYPTION_KEY: { effect: 'encrypts credentials', source: config('configs/instance-settings-config') },
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: {
		effect: 'seconds that running executions have to finish when n8n stops',
		source: config('configs/generic.config'),
	},
	N8N_REINSTALL_MISSING_PACKAGES: {
		effect: 'installs community nodes at startup that the database lists and the disk lacks',
		source: communityPackages,
	},
	N8N_RUNNERS_AUTH_TOKEN: {
		effect: 'secret that n8n shares with its task runner',
		source: config('configs/runners.config'),
	},
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: {
		effect: 'network interface on which n8n accepts task runners',
		source: config('configs/runners.config'),
	},
	N8N_RUNNERS_MODE: {
		effect: 'task runner as a child process or external',
		source: config('configs/runners.config'),
	},
	N8N_RUNNERS_TASK_BROKER_URI: {
		effect: 'where the task runner finds n8n',
		source: '@n8n/task-runner/dist/config/base-runner-config.js',
	},
	N8N_SSRF_PROTECTION_ENABLED: {
		effect: 'blocks requests to internal networks',
		source: config('configs/ssrf-protection.config'),
	},
	N8N_STORAGE_PATH: {
		effect: 'folder for files on disk, by default ~/.n8n/storage',
		source: 'n8n-core/dist/storage.config.js',
	},
	N8N_UNVERIFIED_PACKAGES_ENABLED: {
		effect: 'allows community nodes that n8n has not verified; default true in 2.x, false from 3.0',
		source: communityPackages,
	},
	N8N_USER_FOLDER: { effect: 'parent of the folder .n8n', source: config('utils/utils') },
	N8N_WEBHOOK_URL: { effect: 'public URL of webhooks', source: config('index') },
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: {
		effect: 'runs manual executions on workers; 3.0 always does',
		source: 'n8n/dist/workflow-runner.js',
		removedIn: 3,
	},
	QUEUE_BULL_REDIS_HOST: { effect: 'host of Redis', source: config('configs/scaling-mode.config') },
	QUEUE_BULL_REDIS_PASSWORD: { effect: 'password for Redis', source: config('configs/scaling-mode.config') },
	QUEUE_HEALTH_CHECK_ACTIVE: { effect: 'health endpoints of workers', source: config('configs/scaling-mode.config') },
	WEBHOOK_URL: { effect: 'earlier name of N8N_WEBHOOK_URL', source: 'n8n/dist/services/url.service.js' },
};
