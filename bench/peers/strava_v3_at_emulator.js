// SPDX-License-Identifier: MIT
// Archives with strava-v3 as its readme shows it, page after page until an empty one, and writes each activity to a
// file of JSON lines at once.
//   strava_v3_at_emulator.js                 the list; nothing is written
//   strava_v3_at_emulator.js FILE            the list
//   strava_v3_at_emulator.js FILE details    and the detail and the streams of each

const fs = require('fs')
const { axiosInstance } = require('strava-v3/axiosUtility')
const strava = require('strava-v3')

axiosInstance.defaults.baseURL = process.env.PEER_API_BASE + '/'
const keys = ['time', 'distance', 'latlng', 'altitude', 'velocity_smooth', 'heartrate', 'cadence', 'watts', 'temp',
  'moving', 'grade_smooth']
const [,, path, mode] = process.argv
const file = path ? fs.openSync(path, 'a') : null

async function withDetails (client, activity) {
  const detail = await client.activities.get({ id: activity.id })
  let streams = {}
  try {
    streams = await client.streams.activity({ id: activity.id, keys, key_by_type: true })
  } catch (error) {
    if (error.statusCode !== 404) throw error // a manual entry
  }
  return { ...activity, detail, streams }
}

async function main () {
  const client = new strava.client(process.env.PEER_TOKEN)
  let count = 0
  for (let page = 1; ; ++page) {
    const activities = await client.athlete.listActivities({ page, per_page: 200 })
    if (activities.length === 0) break
    count += activities.length
    for (const activity of file === null ? [] : activities) {
      const line = mode === 'details' ? await withDetails(client, activity) : activity
      fs.writeSync(file, JSON.stringify(line) + '\n')
    }
  }
  if (count === 0) throw new Error('nothing listed')
}

main().catch(error => { console.error(error.message); process.exit(1) })
