// SPDX-License-Identifier: MIT
// Lists all activities with strava-v3, as its readme shows it: page after page until an empty one.

const { axiosInstance } = require('strava-v3/axiosUtility')
const strava = require('strava-v3')

axiosInstance.defaults.baseURL = process.env.PEER_API_BASE + '/'

async function main () {
  const client = new strava.client(process.env.PEER_TOKEN)
  let count = 0
  for (let page = 1; ; ++page) {
    const activities = await client.athlete.listActivities({ page, per_page: 200 })
    if (activities.length === 0) break
    count += activities.length
  }
  if (count === 0) throw new Error('nothing listed')
}

main().catch(error => { console.error(error.message); process.exit(1) })
