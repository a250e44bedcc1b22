module.exports = {
	...require('./dist/credentials/VideographApi.credentials.js'),
	...require('./dist/nodes/Videograph/Videograph.node.js'),
	...require('./dist/nodes/Videograph/VideographTrigger.node.js'),
};
