// Experiment
package main
import ("fmt";"os";"flag";"time"; "parley/dialogs/understanding/training")
func main(){
 var c training.Config
 set:=flag.String("set","b","")
 flag.IntVar(&c.Width,"width",128,""); flag.Float64Var(&c.Dropout,"dropout",0.5,""); flag.Float64Var(&c.Rate,"rate",0.005,"")
 flag.IntVar(&c.Batch,"batch",32,""); flag.IntVar(&c.Epochs,"epochs",8,""); flag.IntVar(&c.Patience,"patience",3,"");flag.IntVar(&c.AtLeast,"atleast",2,"")
 flag.IntVar(&c.Copies,"copies",0,""); flag.Uint64Var(&c.Seed,"seed",1,"")
 u:=flag.Float64("unknown",0,""); full:=flag.Bool("full",false,"")
 flag.Parse(); c.Unknown=float32(*u)
 var p public; var err error
 if *set=="b" {p,err=banking77("../shared/data/intents")} else {p,err=clinc150("../shared/data/intents")}
 if err!=nil{panic(err)}
 if *full { p.train=append(p.train,p.dev...) }
 s:=time.Now()
 r,f,err:=p.score(c)
 fmt.Fprintln(os.Stdout,os.Args[1:],r,f,err,time.Since(s))
}
