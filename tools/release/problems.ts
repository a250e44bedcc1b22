/** What a release is made from. */
export interface Release {
	/** Of package.json. */
	version: string;
	/** The text of CHANGELOG.md. */
	changelog: string;
	/** The git tags that there are. */
	tags: string[];
	/** The uncommitted files that git lists; empty if there are none. */
	changes: string;
}

export function tagOf(version: string): string {
	return `v${version}`;
}

/** What the changelog says of a version, without its heading; undefined where it has no section. */
export function notesOf(version: string, changelog: string): string | undefined {
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
	return section?.split('\n').slice(1).join('\n').trim();
}

/** Why the release is not possible now; empty if it is. */
export function problemsOf({ version, changelog, tags, changes }: Release): string[] {
	const notes = notesOf(version, changelog);
	return [
		...(changes === '' ? [] : [`There are files that are not committed:\n${changes}`]),
		...(notes ? [] : [`CHANGELOG.md says nothing of ${version}`]),
		...(tags.includes(tagOf(version))
			? [`The tag ${tagOf(version)} is there already: raise the version in package.json`]
			: []),
	];
}
