/** Closes for all requests of a run at once when the API says that they are too many. */
export class Gate {
	private opensAt = 0;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(private readonly pause: (milliseconds: number) => Promise<boolean>) {}

	/** Keeps the gate closed for that many milliseconds from now, if it is not closed for longer already. */
	close(milliseconds: number): void {
		this.opensAt = Math.max(this.opensAt, Date.now() + milliseconds);
	}

	/** Waits until the gate is open; it may have been closed anew meanwhile. */
	async pass(): Promise<boolean> {
		for (let left = this.left(); left > 0; left = this.left()) {
			if (!(await this.pause(left))) return false;
		}
		return true;
	}

	private left(): number {
		return this.opensAt - Date.now();
	}
}
