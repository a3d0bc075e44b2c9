import { openKernels } from './helpers/kernels.js';
import { neuronsForward, neuronsBackward, neuronUnits } from '../src/engines/event/ops/neurons.js';
import { defaultNeuron } from '../src/neuron.js';
const bench = openKernels('fma', 700);
const T=4,C=64,P=64*1024; // 4 steps,64 ch, 64 img 32x32
const y=bench.alloc(2*T*P*128), g=bench.alloc(2*T*P*128), sp=bench.alloc(2*T*P*4), ct=bench.alloc(65536), pa=bench.alloc(1<<22), v=bench.alloc(1024);
const Y=bench.floats(y,2*T*P*32); for(let i=0;i<Y.length;i++)Y[i]=Math.sin(i*12.9898);
const G=bench.floats(g,2*T*P*32); for(let i=0;i<G.length;i++)G[i]=Math.sin(i*7.9898);
bench.floats(v,256).fill(1);
const norm={scale:v,shift:v+512,hatScale:v,hatShift:v+512}; bench.floats(v+512,64).fill(0);
const n={settings:{...defaultNeuron,theta:1,delta:.2},steps:T,channels:C,positions:P,terms:[{kind:'affine',address:y,pixels:T*P,norm}] as any};
const run=(name:string,op:any,k=5)=>{bench.run(op);let b=1e9;for(let i=0;i<k;i++){const t=performance.now();bench.run(op);b=Math.min(b,performance.now()-t);}console.log(name,b.toFixed(1),'ms',(2*T*P*32/b/1e3).toFixed(0),'M neuron-steps/s');};
run('forward',neuronsForward(n,sp,ct));
for (const s of ['rectangle','atan','sigmoid'] as const) run('backward '+s,neuronsBackward({...n,settings:{...n.settings,surrogate:{name:s}}},{gradient:g,height:32,width:32,poolHeight:1,poolWidth:1,dx:g,isStatic:false,partial:pa}));
run('backward pooled',neuronsBackward(n,{gradient:g,height:32,width:32,poolHeight:2,poolWidth:2,dx:g,isStatic:false,partial:pa}));
