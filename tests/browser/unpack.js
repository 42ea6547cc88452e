// The package unpacks into the temporary folder; tools/browser.py points that at the cache.
// It unpacks the libraries a bare system lacks only where it believes itself in a cloud function.
process.env.AWS_EXECUTION_ENV = `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`;
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
