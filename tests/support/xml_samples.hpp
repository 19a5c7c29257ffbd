// SPDX-License-Identifier: MIT
#pragma once

// Small GPX and TCX files of our own making, for tests and as seeds of the fuzzers.

#include <string>

namespace harrier::tests {

// Two segments, five points, sensors in extensions and bare.
inline std::string gpx_sample() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Own watch" version="1.1" xmlns="http://www.topografix.com/GPX/1/1"
    xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
  <metadata><time>2023-11-14T22:13:20Z</time></metadata>
  <!-- nobody's round -->
  <trk>
    <name>Round the lake &amp; back</name>
    <desc><![CDATA[With Änne]]></desc>
    <type>trail_running</type>
    <trkseg>
      <trkpt lat="46.5000" lon="7.2500"><ele>0</ele><time>2023-11-14T22:13:20Z</time>
        <extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>120</gpxtpx:hr><gpxtpx:cad>80</gpxtpx:cad>
        </gpxtpx:TrackPointExtension></extensions></trkpt>
      <trkpt lat="46.5001" lon="7.2501"><ele>500.5</ele><time>2023-11-14T22:13:21.000Z</time><hr>121</hr></trkpt>
      <trkpt lat="46.5002" lon="7.2502"><ele/><time>2023-11-14T22:13:22.5Z</time></trkpt>
    </trkseg>
    <trkseg>
      <trkpt lat="46.5003" lon="7.2503"><ele>501</ele><time>2023-11-14T22:13:30Z</time><hr>123</hr></trkpt>
      <trkpt lat='46.5004' lon='7.2504'><ele>502</ele><time>2023-11-14T22:13:31Z</time><hr>124</hr></trkpt>
    </trkseg>
  </trk>
</gpx>
)";
}

// Two laps, three tracks, four points, one of them with a time only.
inline std::string tcx_sample() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
 <Activities>
  <Activity Sport="Biking">
   <Id>2023-11-14T22:13:19Z</Id>
   <Lap StartTime="2023-11-14T22:13:20.000Z ">
    <TotalTimeSeconds>21.5</TotalTimeSeconds><DistanceMeters>120.0</DistanceMeters>
    <MaximumSpeed>7.5</MaximumSpeed><Calories>9</Calories>
    <AverageHeartRateBpm><Value>122</Value></AverageHeartRateBpm>
    <MaximumHeartRateBpm><Value>131</Value></MaximumHeartRateBpm>
    <Intensity>Active</Intensity><Cadence>81</Cadence><TriggerMethod>Manual</TriggerMethod>
    <Track>
     <Trackpoint><Time>2023-11-14T22:13:20Z</Time>
      <Position><LatitudeDegrees>46.5</LatitudeDegrees><LongitudeDegrees>7.25</LongitudeDegrees></Position>
      <AltitudeMeters>500.2</AltitudeMeters><DistanceMeters>0</DistanceMeters>
      <HeartRateBpm><Value>120</Value></HeartRateBpm><Cadence>80</Cadence>
      <Extensions><ns3:TPX><ns3:Speed>5.5</ns3:Speed><ns3:Watts>210</ns3:Watts></ns3:TPX></Extensions>
     </Trackpoint>
     <Trackpoint><Time>2023-11-14T22:13:21Z</Time>
      <Position><LatitudeDegrees>46.5001</LatitudeDegrees><LongitudeDegrees>7.2501</LongitudeDegrees></Position>
      <DistanceMeters>10.5</DistanceMeters></Trackpoint>
    </Track>
    <Track>
     <Trackpoint><Time>2023-11-14T22:13:40Z</Time></Trackpoint>
    </Track>
    <Extensions><ns3:LX><ns3:AvgSpeed>5.6</ns3:AvgSpeed><ns3:MaxBikeCadence>95</ns3:MaxBikeCadence>
     <ns3:AvgWatts>180</ns3:AvgWatts><ns3:MaxWatts>320</ns3:MaxWatts></ns3:LX></Extensions>
   </Lap>
   <Lap StartTime="2023-11-14T22:13:50Z">
    <TotalTimeSeconds>10</TotalTimeSeconds><DistanceMeters>10</DistanceMeters>
    <MaximumSpeed>6</MaximumSpeed>
    <Track>
     <Trackpoint><Time>2023-11-14T22:13:50Z</Time>
      <Position><LatitudeDegrees>46.5003</LatitudeDegrees><LongitudeDegrees>7.2503</LongitudeDegrees></Position>
      <DistanceMeters>130</DistanceMeters><HeartRateBpm><Value>130</Value></HeartRateBpm>
      <Extensions><TPX xmlns="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Speed>6</Speed>
       <Watts>0</Watts></TPX></Extensions></Trackpoint>
    </Track>
   </Lap>
   <Notes>To the hill &amp; back</Notes>
   <Creator xsi:type="Device_t"><Name>Own computer</Name><UnitId>0</UnitId><ProductID>42</ProductID>
    <Version><VersionMajor>3</VersionMajor><VersionMinor>20</VersionMinor></Version></Creator>
  </Activity>
 </Activities>
</TrainingCenterDatabase>
)";
}

} // namespace harrier::tests
