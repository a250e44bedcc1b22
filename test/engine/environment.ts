// Runs before n8n-core is loaded, which otherwise writes its settings into the user's home folder.
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-engine-test-'));
process.env.N8N_LOG_LEVEL = 'silent';
