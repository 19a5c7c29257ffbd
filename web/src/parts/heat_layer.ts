// SPDX-License-Identifier: MIT
// All tracks as one buffer on the graphics card, drawn as thin lines that add up where they lie on each other. A million
// points are there in a moment, where a map's own layers would cut each track into tiles first.

import type { CustomLayerInterface, CustomRenderMethodInput } from "maplibre-gl";
import { colour } from "../prefs";
import type { BaseMap } from "./base_map";
import type { Track } from "./tracks";

const vertex_source = `#version 300 es
uniform mat4 matrix;
uniform vec2 half_size;
uniform float half_width;
in vec3 a;
in vec3 b;
out float side;
void main() {
  if (b.z < 0.5) { // where a track begins, nothing leads to it
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    side = 0.0;
    return;
  }
  vec4 from = matrix * vec4(a.xy, 0.0, 1.0);
  vec4 to = matrix * vec4(b.xy, 0.0, 1.0);
  vec2 way = (to.xy / to.w - from.xy / from.w) * half_size;
  float way_length = length(way);
  vec2 across = way_length > 0.0 ? vec2(-way.y, way.x) / way_length : vec2(0.0);
  side = (float(gl_VertexID % 2) * 2.0 - 1.0) * (half_width + 0.5);
  vec4 place = gl_VertexID < 2 ? from : to;
  place.xy += across * side / half_size * place.w;
  gl_Position = place;
}`;

const fragment_source = `#version 300 es
precision highp float;
uniform vec3 ink;
uniform float opacity;
uniform float half_width;
in float side;
out vec4 result;
void main() {
  float alpha = clamp(half_width + 0.5 - abs(side), 0.0, 1.0) * opacity;
  result = vec4(ink * alpha, alpha);
}`;

function compile(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex_source],
    [gl.FRAGMENT_SHADER, fragment_source],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader || !program) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, "a");
  gl.bindAttribLocation(program, 1, "b");
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

// Linear between the given zooms.
function by_zoom(zoom: number, stops: [number, number][]): number {
  let [last_zoom, last] = stops[0] as [number, number];
  for (const [at, value] of stops) {
    if (zoom < at) return last + ((value - last) * Math.max(0, zoom - last_zoom)) / Math.max(at - last_zoom, 1e-9);
    [last_zoom, last] = [at, value];
  }
  return last;
}

export class HeatLayer implements CustomLayerInterface {
  readonly id = "tracks";
  readonly type = "custom";
  private map: BaseMap | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private program: WebGLProgram | null = null;
  private shape: WebGLVertexArrayObject | null = null;
  private buffer: WebGLBuffer | null = null;
  private points = 0;

  // Coordinates are kept relative to `anchor` (Mercator, 0 to 1): 32 bits are then enough for any zoom.
  constructor(private readonly anchor: [number, number]) {}

  onAdd(map: BaseMap, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    this.map = map;
    if (!(gl instanceof WebGL2RenderingContext)) return;
    this.gl = gl;
    this.program = compile(gl);
    this.buffer = gl.createBuffer();
    this.shape = gl.createVertexArray();
    gl.bindVertexArray(this.shape);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const place of [0, 1]) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 12, place * 12);
      gl.vertexAttribDivisor(place, 1);
    }
    gl.bindVertexArray(null);
  }

  onRemove(): void {
    this.gl?.deleteBuffer(this.buffer);
    this.gl?.deleteVertexArray(this.shape);
    this.gl?.deleteProgram(this.program);
    this.gl = null;
  }

  show(tracks: Track[]): void {
    const count = tracks.reduce((sum, { points }) => sum + points.length / 2, 0);
    const values = new Float32Array(count * 3);
    let at = 0;
    for (const { points } of tracks) {
      for (let i = 0; i < points.length; i += 2) {
        values[at++] = (points[i] as number) - this.anchor[0];
        values[at++] = (points[i + 1] as number) - this.anchor[1];
        values[at++] = i === 0 ? 0 : 1;
      }
    }
    this.points = count;
    if (!this.gl) return;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.STATIC_DRAW);
    this.map?.triggerRepaint();
  }

  render(_: WebGLRenderingContext | WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { gl, map, program } = this;
    if (!gl || !map || !program || this.points < 2) return;
    const matrix = Float64Array.from(input.defaultProjectionData.mainMatrix as ArrayLike<number>);
    const [x, y] = this.anchor;
    for (let row = 0; row < 4; row += 1) {
      matrix[12 + row] = (matrix[12 + row] ?? 0) + (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y;
    }
    const ratio = map.getPixelRatio();
    const zoom = map.getZoom();
    const width = by_zoom(zoom, [[5, 1], [10, 1.4], [14, 3], [17, 5]]);
    const ink = (colour("accent").match(/\w\w/g) ?? []).map((part) => parseInt(part, 16) / 255);
    const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    gl.useProgram(program);
    gl.uniformMatrix4fv(uniform("matrix"), false, Float32Array.from(matrix));
    gl.uniform2f(uniform("half_size"), gl.drawingBufferWidth / 2, gl.drawingBufferHeight / 2);
    gl.uniform1f(uniform("half_width"), (width * ratio) / 2);
    gl.uniform1f(uniform("opacity"), by_zoom(zoom, [[4, 0.5], [11, 0.3], [15, 0.4]]));
    gl.uniform3f(uniform("ink"), ink[0] ?? 0, ink[1] ?? 0, ink[2] ?? 0);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.shape);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.points - 1);
    gl.bindVertexArray(null);
  }
}
